"""The tree of a document: sections, paragraphs, lists, tables, figures and values, and French typography."""
