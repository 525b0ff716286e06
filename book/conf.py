"""Settings of the book; `gan-course book` copies the notebooks beside this file."""

project = "GANs, hands on"
author = "the authors of the course"
copyright = "code Apache-2.0, text and figures CC BY 4.0"
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
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_show_search_summary = False  # it would fetch pages, which file:// forbids
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
html_additional_pages = {"index": "landing.html"}
html_context = {"default_mode": "auto"}
html_theme_options = {
    "disable_search": True,  # of the theme's pop-up, which loads the index everywhere
    "navbar_persistent": [],
    "icon_links": [],
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "home_page_in_toc": False,
}
