"""Settings of the book; `gan-course book` writes the notebooks beside this file."""

import json
from pathlib import Path

from gan_utils.cli import address

HERE = Path(__file__).parent

project = "GANs, hands on"
author = "the authors of the course"
extensions = ["myst_nb"]
exclude_patterns = ["_templates"]
root_doc = "contents"
templates_path = ["_templates"]
smartquotes = False  # it would curl the primes of formulas

nb_execution_mode = "off"
nb_ipywidgets_js = {}  # no widget manager, no require.js: both come from a network
nb_render_markdown_format = "gfm"
myst_enable_extensions = ["colon_fence", "attrs_block"]

html_theme = "sphinx_book_theme"
html_title = project
html_baseurl = address.site()
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_show_search_summary = False  # it would fetch pages, which file:// forbids
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
html_additional_pages = {"index": "landing.html"}
html_theme_options = {
    "disable_search": True,  # of the theme's pop-up, which loads the index everywhere
    "navbar_persistent": [],
    "icon_links": [],
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "footer_content_items": ["extra-footer.html"],
    "extra_footer": 'Code <a href="credits.html">Apache-2.0</a>, text and figures '
    '<a href="credits.html">CC BY 4.0</a>. <a href="promises.html">What we promise</a>',
}


def buttons(page: str) -> list[tuple[str, str]]:
    """Return the words and addresses of a page's buttons; none without a repository."""
    path = f"notebooks/{page}.ipynb"
    if not (HERE / f"{page}.ipynb").exists():
        return []
    edit = address.edit_link(address.repository(), path)
    links = address.links(address.repository(), path)
    colab = [("Open in Colab", links["Colab"])] if "Colab" in links else []
    return colab + ([("Edit", edit)] if edit else [])


told = json.loads((HERE / "course.json").read_text("utf-8"))
course = told["course"]
html_context = {
    "default_mode": "auto",
    "course": course,
    "live": told["live"],
    "home_links": [b for b in buttons(course[0]["page"]) if "Colab" in b[0]],
    "site": address.site(),
    "teach": (HERE / "teach.md").exists(),
}


def setup(app):
    """Give each page of a notebook its buttons."""

    def add(app, page, template, context, doctree):
        context["course_buttons"] = buttons(page)

    app.connect("html-page-context", add)
