"""The report as one HTML file: nothing to fetch, no script, the same words and charts as the PDF."""
