"""Figures of several reports side by side: of one indicator and aspect, along the years or the places asked for."""
