"""Tables as files for spreadsheets, with nothing in them that a spreadsheet would calculate. Knows nothing of ours."""
