"""Settings: every key has a default, and what is wrong in `site.yaml` is told where."""

import pytest

from generator.config import Badges, Edition, NavLink, Settings
from generator.documents import parse_yaml
from generator.errors import ContentError, UsageError

ADDRESS = "has to be an address that starts with https:// or http://"
UNFIT = "holds a character that an address cannot have\n    hint: percent-encode it"


def test_an_empty_file_is_a_site() -> None:
    settings = parse_yaml("# later", "site.yaml", may_be_empty=True).load(Settings)
    assert settings == Settings()
    assert (settings.title, settings.language, settings.currency) == ("AI model catalog", "en", "USD")
    assert (settings.editions, settings.badges) == ((Edition.HTML, Edition.MD), Badges.SHIELDS)
    assert (settings.base_url, settings.data_date, settings.footer, settings.featured) == (None, None, None, ())


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("title: ' My models '", "title", "My models"),
        ("base_url: https://example.com", "base_url", "https://example.com/"),
        ("base_url: http://example.com/a/b/", "base_url", "http://example.com/a/b/"),
        ("base_url: https://example.com//", "base_url", "https://example.com/"),
        ("language: pt-BR", "language", "pt-BR"),
        ("language: no", "language", "no"),
        ("currency: EUR", "currency", "EUR"),
        ("editions: [md]", "editions", (Edition.MD,)),
        ("editions: [md, html, md]", "editions", (Edition.HTML, Edition.MD)),
        ("badges: local", "badges", Badges.LOCAL),
        ("data_date: 2025-06-17", "data_date", "2025-06-17"),
        ("edit_url: 'https://example.com/edit/{path}?x#y'", "edit_url", "https://example.com/edit/{path}?x#y"),
        ("featured: [acme/sun]", "featured", ("acme/sun",)),
        ("navigation: [{label: About, page: about}]", "navigation", (NavLink(label="About", page="about"),)),
        (
            "navigation: [{label: Blog, url: https://example.com/blog}]",
            "navigation",
            (NavLink(label="Blog", url="https://example.com/blog"),),
        ),
    ],
)
def test_what_can_be_set(text: str, key: str, value: object) -> None:
    settings = parse_yaml(text, "site.yaml").load(Settings)
    assert getattr(settings, key) == value
    assert settings.model_fields_set == {key}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tittle: x", "1:1: error: tittle: unknown key\n    hint: did you mean `title`?"),
        ("title: ''", "1:8: error: title: has to hold some text"),
        ("title: ' '", "1:8: error: title: has to hold some text"),
        ('title: "a\\nb"', "1:8: error: title: has to be on one line"),
        ("title: 5", '1:8: error: title: has to be text, not `5`\n    hint: quote it: "5"'),
        ("title: " + "x" * 121, "1:8: error: title: may be 120 characters long at most, not 121"),
        ("footer: " + "x" * 501, "1:9: error: footer: may be 500 characters long at most, not 501"),
        ("language: english_", "1:11: error: language: has to be a language tag such as en or pt-BR, not `english_`"),
        ('language: "en\\n"', "1:11: error: language: has to be a language tag such as en or pt-BR, not `en\\n`"),
        ("currency: $", "1:11: error: currency: has to be a currency code such as USD or EUR, not `$`"),
        ("editions: []", "1:11: error: editions: has to hold html, md or both"),
        ("editions: html", "1:11: error: editions: has to be a list, not `html`\n    hint: write [html]"),
        (
            "editions: [htm]",
            "1:12: error: editions[0]: has to be one of `html` or `md`, not `htm`\n    hint: did you mean `html`?",
        ),
        (
            "badges: locl",
            "1:9: error: badges: has to be one of `shields` or `local`, not `locl`\n    hint: did you mean `local`?",
        ),
        ("data_date: 2025", "1:12: error: data_date: has to be a whole date like 2025-06-17, not `2025`"),
        ("data_date: 2025-06", "1:12: error: data_date: has to be a whole date like 2025-06-17, not `2025-06`"),
        ("data_date: 2025-02-30", "1:12: error: data_date: there is no such date: `2025-02-30`"),
        ("data_date: '٢٠٢٥-٠٦-٠٢'", "1:12: error: data_date: has to be a whole date like 2025-06-17, not `٢٠٢٥-٠٦-٠٢`"),
        ("base_url: example.com", f"1:11: error: base_url: {ADDRESS}, not `example.com`"),
        ("base_url: https://", f"1:11: error: base_url: {ADDRESS}, not `https://`"),
        ("base_url: https://[x", f"1:11: error: base_url: {ADDRESS}, not `https://[x`"),
        ("base_url: 'https://a b'", f"1:11: error: base_url: {UNFIT}"),
        ("base_url: 'https://a\"b'", f"1:11: error: base_url: {UNFIT}"),
        (
            "base_url: https://example.com/?x",
            "1:11: error: base_url: has to be the address of a folder, without `?` and `#`",
        ),
        ("repository: javascript:x", f"1:13: error: repository: {ADDRESS}, not `javascript:x`"),
        ('edit_url: "https://example.com/\\n"', f"1:11: error: edit_url: {UNFIT}"),
        ("featured: acme/sun", "1:11: error: featured: has to be a list, not `acme/sun`\n    hint: write [acme/sun]"),
        ("navigation: [{label: x}]", "1:14: error: navigation[0]: has to hold either `page` or `url`"),
        (
            "navigation: [{label: x, page: a, url: https://b}]",
            "1:14: error: navigation[0]: has to hold either `page` or `url`",
        ),
        ("navigation: [{page: a}]", "1:14: error: navigation[0].label: is required"),
        ("navigation: [{label: '', page: a}]", "1:22: error: navigation[0].label: has to hold some text"),
        ("navigation: [{label: x, url: '//b'}]", f"1:30: error: navigation[0].url: {ADDRESS}, not `//b`"),
    ],
)
def test_what_is_wrong_is_told_where(text: str, told: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_yaml(text, "site.yaml").load(Settings)
    assert str(caught.value) == f"site.yaml:{told}"


def test_settings_are_changed_by_those_of_the_command_line() -> None:
    settings = Settings(title="Mine", base_url="https://a.example/")
    changed = settings.changed({"base_url": "https://b.example", "editions": ("md",)})
    assert (changed.title, changed.base_url, changed.editions) == ("Mine", "https://b.example/", (Edition.MD,))
    assert changed.model_fields_set == {"title", "base_url", "editions"}
    assert settings.changed({}) == settings


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"base_url": "https://a b"}, "base_url holds a character that an address cannot have"),
        ({"base_url": "x", "title": ""}, f"title has to hold some text; base_url {ADDRESS}, not `x`"),
        ({"editions": ()}, "editions has to hold html, md or both"),
        ({"tittle": "x"}, "tittle unknown key"),
    ],
)
def test_a_change_that_is_wrong_is_wrong_use(changes: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        Settings().changed(changes)
    assert str(caught.value) == told
