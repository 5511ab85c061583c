"""The papers of a return: PDF by Typst, a spreadsheet, and receipts in one bundle."""
