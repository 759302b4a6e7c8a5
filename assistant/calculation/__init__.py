"""Calculations over figures of the reports: what they are made of, and one module for each kind."""
