"""Events and reports in the forms other programmes read. What they say comes from `date_words`, as on the pages."""
