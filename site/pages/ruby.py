def annotate_page(html: str) -> str:
    return html
