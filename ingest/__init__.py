"""Understanding documents: file → Report → Passages → Figures. Imports nothing of ours."""
