"""What a host of Markdown needs beside the pages: MkDocs and Hugo a configuration and a folder, GitHub nothing.

The pages are the same for every host, to the byte but for the canonical address. MkDocs and Hugo make HTML themselves
and get the Markdown edition alone. Given up: themes. MkDocs shows its own; Hugo gets one plain layout of the lowest
rank, which that of any theme replaces.
"""

from collections.abc import Iterable, Iterator, Mapping

from generator.config import Edition, Settings, Target
from generator.errors import UsageError
from generator.escape import yaml_string
from generator.output import Output
from generator.paths import file_of
from generator.site import Site

__all__ = ["check", "extras", "folder"]

_FOLDERS: Mapping[Target, str] = {Target.GITHUB: "", Target.MKDOCS: "docs/", Target.HUGO: "content/"}
_SECTIONS = (("Models", "models/"), ("Providers", "providers/"), ("Authors", "authors/"), ("Families", "families/"))

_MKDOCS = """\
docs_dir: docs
# The same addresses as in the HTML edition; the built site also opens from disk.
use_directory_urls: false
theme:
  name: mkdocs
  highlightjs: false  # would be loaded from another host
# The search index of a large catalog takes longer than its pages: name `search` to have one.
plugins: []
# A short navigation: MkDocs writes all of it into every page.
not_in_nav: "*"
validation:
  nav:
    not_found: warn
    absolute_links: warn
  links:
    not_found: warn
    anchors: warn
    absolute_links: warn
    unrecognized_links: warn
"""

_HUGO = """\
disableKinds = ["404", "rss", "sitemap", "taxonomy", "term"]
refLinksErrorLevel = "ERROR"

# A folder called `tags` is one like any other.
[taxonomies]

[module.hugoVersion]
min = "0.153.0"

# The pages hold no HTML but a few images and pieces of code that their templates wrote.
[markup.goldmark.renderer]
unsafe = true

# Folders of pages without a page of their own are no pages.
[[cascade]]
[cascade.target]
path = "{/pages,/comparisons}"
kind = "section"
[cascade.build]
render = "never"
list = "never"

# The pages of folders are called README.md elsewhere and _index.md here.
[[module.mounts]]
source = "content"
target = "content"
files = ["! **README.md"]
"""
_MOUNT = """
[[module.mounts]]
source = "content/{folder}README.md"
target = "content/{folder}_index.md"
"""

_HUGO_PAGE = """\
<!doctype html>
<html lang="{{ site.Language.Lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }}</title>
{{- with .Params.description }}
<meta name="description" content="{{ . }}">
{{- end }}
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem; color-scheme: light dark }
table { border-collapse: collapse; display: block; overflow-x: auto }
th, td { border-bottom: 1px solid #8884; padding: .3rem .6rem; text-align: left }
</style>
</head>
<body>
{{ .Content }}
</body>
</html>
"""
# Links are written as seen from the page, so that the built site works at any address and below any path.
_HUGO_LINK = """\
{{- $to := .Destination -}}
{{- $url := urls.Parse $to -}}
{{- if and $url.Path (not $url.IsAbs) (not $url.Host) (not (hasPrefix $url.Path "/")) -}}
  {{- $top := site.Home.RelPermalink -}}
  {{- $up := strings.Repeat (strings.Count "/" (strings.TrimPrefix $top .Page.RelPermalink)) "../" | default "./" -}}
  {{- if hasSuffix $url.Path ".md" -}}
    {{- $path := replaceRE `(^|/)README\\.md$` "${1}_index.md" $url.Path -}}
    {{- $to = printf "%s%s" $up (strings.TrimPrefix $top (relref .PageInner (dict "path" $path))) -}}
  {{- else -}}
    {{- $to = printf "%s%s" $up (strings.TrimPrefix "/" (path.Join "/" (path.Dir .PageInner.File.Path) $url.Path)) -}}
  {{- end -}}
  {{- with $url.Fragment }}{{ $to = printf "%s#%s" $to . }}{{ end -}}
{{- end -}}
<a href="{{ $to | safeURL }}"{{ with .Title }} title="{{ . }}"{{ end }}>{{ .Text }}</a>
{{- /* and no new line after it */ -}}
"""
_HUGO_IMAGE = """\
{{- $from := .Destination -}}
{{- $url := urls.Parse $from -}}
{{- if and (not $url.IsAbs) (not $url.Host) (not (hasPrefix $url.Path "/")) -}}
  {{- $here := strings.TrimPrefix site.Home.RelPermalink .Page.RelPermalink -}}
  {{- $file := strings.TrimPrefix "/" (path.Join "/" (path.Dir .PageInner.File.Path) $url.Path) -}}
  {{- $from = printf "%s%s" (strings.Repeat (strings.Count "/" $here) "../") $file -}}
{{- end -}}
<img src="{{ $from | safeURL }}" alt="{{ .PlainText }}"{{ with .Title }} title="{{ . }}"{{ end }}>
{{- /* and no new line after it */ -}}
"""


def folder(settings: Settings) -> str:
    """Return where in the output folder the pages go: nothing, or a folder with a slash."""
    return _FOLDERS[settings.target]


def check(settings: Settings) -> None:
    """Refuse a target that cannot be had with the editions that are asked for.

    Raises:
        UsageError: Says which editions it needs.
    """
    if settings.target is not Target.GITHUB and settings.editions != (Edition.MD,):
        message = f"the target {settings.target} is built from the Markdown edition alone: set the editions to md"
        raise UsageError(message)


def extras(site: Site, files: Iterable[str]) -> Iterator[Output]:
    """Yield what the host needs beside the pages, by path in the output folder.

    Args:
        site: The site.
        files: The paths of all files of the site, as seen from the folder of the pages.
    """
    if site.settings.target is Target.MKDOCS:
        yield Output("mkdocs.yml", "\n".join([*_mkdocs(site), _MKDOCS]).encode())
    elif site.settings.target is Target.HUGO:
        yield Output("hugo.toml", (_hugo(site.settings) + _HUGO + _mounts(files)).encode())
        yield Output("layouts/all.html", _HUGO_PAGE.encode())
        yield Output("layouts/_markup/render-link.html", _HUGO_LINK.encode())
        yield Output("layouts/_markup/render-image.html", _HUGO_IMAGE.encode())


def _mkdocs(site: Site) -> Iterator[str]:
    """Yield the lines of the configuration of MkDocs that depend on the site."""
    settings, world = site.settings, site.world
    yield f"site_name: {yaml_string(settings.title)}"
    yield f"site_description: {yaml_string(settings.description)}"
    if settings.base_url:
        yield f"site_url: {yaml_string(settings.base_url)}"
    if settings.repository:
        yield f"repo_url: {yaml_string(settings.repository)}"
        yield 'edit_uri: ""'
    yield "nav:"
    free = [(page.title, world.routes.pages[page.name]) for page in world.pages]
    ways = [(ref.label, ref.to) for ref in world.ways]
    for title, stem in (("Catalog", ""), *_SECTIONS, *ways, *free):
        yield f"  - {yaml_string(title)}: {yaml_string(file_of(stem, Edition.MD))}"


def _hugo(settings: Settings) -> str:
    """Return the lines of the configuration of Hugo that depend on the settings; TOML has strings as YAML does."""
    return (
        f"title = {yaml_string(settings.title)}\n"
        f"baseURL = {yaml_string(settings.base_url or '/')}\n"
        f"defaultContentLanguage = {yaml_string(settings.language.lower())}\n"
    )


def _mounts(files: Iterable[str]) -> str:
    folders = sorted(file.removesuffix("README.md") for file in files if file.rpartition("/")[2] == "README.md")
    return "".join(_MOUNT.format(folder=name) for name in folders)
