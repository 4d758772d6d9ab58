"""The results report as a workbook: `sheets` choose rows and columns, `render` writes them with their formats."""
