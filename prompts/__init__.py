"""Prompts of the generative answerer, as strict templates. Imports nothing of ours."""
