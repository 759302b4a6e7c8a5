"""Understanding documents: file → Report → Passages → Figures. Imports nothing of ours."""

from ingest.documents import find_documents
from ingest.reading import read_report, source_hash
from ingest.report import Figure, IngestError, Passage, Report, Section

__all__ = ["Figure", "IngestError", "Passage", "Report", "Section", "find_documents", "read_report", "source_hash"]
