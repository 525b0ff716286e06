"""A notebook as one web page: code folds, every picture is described."""

import re
from copy import deepcopy
from pathlib import Path

from jinja2 import DictLoader
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from gan_utils.cli.formulas import with_mathml
from gan_utils.whole_files import write_with

TEMPLATE = """
{%- extends 'lab/index.html.j2' -%}

{%- block html_head_js -%}{%- endblock html_head_js -%}
{%- block html_head_js_mathjax -%}{%- endblock html_head_js_mathjax -%}
{%- block html_head_js_mermaidjs -%}{%- endblock html_head_js_mermaidjs -%}
{%- block jupyter_widgets -%}{%- endblock jupyter_widgets -%}
{%- block html_head_css -%}
<style>
.course-folded > summary {
  margin-left: 6em; color: #555; cursor: pointer;
  font-family: var(--jp-content-font-family, sans-serif);
}
main { max-width: 64em; margin: auto; }
.jp-RenderedHTMLCommon a { text-decoration: underline !important; }
a[data-page]::after { content: " (page not made)"; color: #555; font-size: 0.85em; }
.jp-InputPrompt, .jp-OutputPrompt { color: #5c5c5c !important; opacity: 1 !important; }
.highlight.highlight .ow { color: #7a18c0; }
.highlight.highlight .c1 { color: #2f6464; }
.highlight.highlight :is(.mi, .mf, .mh, .mo, .mb) { color: #006b00; }
</style>
{%- endblock html_head_css -%}

{% block input_group %}
{%- if 'hide-input' in cell.metadata.get('tags', []) -%}
<details class="course-folded">
<summary>{{ cell.source | folded_title | escape }}</summary>
{{ super() }}
</details>
{%- else -%}
{{ super() }}
{%- endif -%}
{% endblock input_group %}

{% block data_widget_view scoped %}
{{ super() }}
{%- if 'image/png' in output.data -%}
<noscript>
<img src="data:image/png;base64,{{ output.data['image/png'] | escape_html }}"
alt="{{ output.metadata.get('image/png', {}).get('alt', '') | escape_html }}">
</noscript>
{%- endif -%}
{% endblock data_widget_view %}

{% block data_png %}
<div class="jp-RenderedImage jp-OutputArea-output">
<img src="data:image/png;base64,{{ output.data['image/png'] | escape_html }}"
alt="{{ output.metadata.get('image/png', {}).get('alt', '') | escape_html }}">
</div>
{% endblock data_png %}
"""

_LINK = re.compile(r'href="(\d\d\w+|glossary|notation)\.ipynb(#[^"]*)?"')
_PAGE = re.compile(
    r'<a (?:href|data-page)="(\d\d\w+|glossary|notation)\.html(#[^"]*)?"'
)


def folded_title(source: str) -> str:
    """Return what a folded cell calls itself in its first line, `# @title ...`."""
    first = source.splitlines()[0] if source else ""
    return first.removeprefix("# @title").strip() or "Code"


def write_page(notebook: NotebookNode, target: Path) -> None:
    """Write a notebook as one HTML file that needs no other file and no network.

    Where it names another notebook, it has a link as soon as that one's page lies
    beside it; so have the pages that lay there before.

    Args:
        notebook: an executed notebook in canonical form.
        target: the file to write; its folder is made when absent.
    """
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = with_mathml(cell.source)
    exporter = HTMLExporter(
        template_file="course.html.j2",
        extra_loaders=[DictLoader({"course.html.j2": TEMPLATE})],
        filters={"folded_title": folded_title},
    )
    body, _ = exporter.from_notebook_node(notebook)
    body = _LINK.sub(r'href="\1.html\2"', body).replace("<th></th>", "<td></td>")
    target.parent.mkdir(parents=True, exist_ok=True)
    write_with(target, lambda file: file.write(body.encode()))
    for page in target.parent.glob("*.html"):
        _link(page)


def _link(page: Path) -> None:
    """Let a page link to the pages that are there, and to no others."""

    def linked(found: re.Match) -> str:
        name = f"{found[1]}.html"
        kind = "href" if (page.parent / name).exists() else "data-page"
        return f'<a {kind}="{name}{found[2] or ""}"'

    text = page.read_text("utf-8")
    if (new := _PAGE.sub(linked, text)) != text:
        write_with(page, lambda file: file.write(new.encode()))
