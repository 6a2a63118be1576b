"""Facts -> JSON-LD in the words of schema.org: where a page stands, and what is told on it, for search engines.

A page says the way to itself, and its one thing: the site, an organization, a model with its range of prices, an
offering with its price. Given up: ratings, which nobody here gives, and the facts of a thing in pages that list it.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from generator.formats import number
from generator.pages import Context
from generator.pages.authors import AuthorPage
from generator.pages.models import ModelPage
from generator.pages.offerings import OfferingPage
from generator.pages.providers import ProviderPage
from generator.pages.rows import is_active
from generator.schema import Author, Billing, Model, Offering, Price, Provider

__all__ = ["structured"]

Address = Callable[[str], str]
_PER_MILLION = {"@type": "QuantitativeValue", "value": 1_000_000, "unitText": "tokens"}
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode
_QUOTE = json.encoder.encode_basestring_ascii
_ACTS = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What could end a script element, or a line in one."""
_ACTING = re.compile("[<>&\u2028\u2029]")


def structured(page: Context, site: str, address: Address) -> Markup:
    """Return the JSON-LD of a page, safe inside a script element; nothing where there is nothing to say.

    Args:
        page: What the page shows.
        site: Name of the site.
        address: Tells where the page of a stem is.
    """
    thing = _thing(page, site, address)
    told = [*([_way(page, address)] if page.crumbs else []), *([thing] if thing else [])]
    if not told:
        return Markup("")
    found = told[0][1:] if len(told) == 1 else f'"@graph":[{",".join(told)}]}}'
    text = f'{{"@context":"https://schema.org",{found}'
    # Nothing is left in it that could end the element.
    return Markup(text.translate(_ACTS) if _ACTING.search(text) else text)  # noqa: S704


def _way(page: Context, address: Address) -> str:
    steps = [_step(place, ref.label, address(ref.to)) for place, ref in enumerate(page.crumbs, 1)]
    own = f'{{"@type":"ListItem","position":{len(steps) + 1},"name":{_QUOTE(page.title)}}}'
    return f'{{"@type":"BreadcrumbList","itemListElement":[{",".join([*steps, own])}]}}'


@lru_cache(maxsize=1 << 12)
def _step(place: int, name: str, item: str) -> str:
    return _ENCODE({"@type": "ListItem", "position": place, "name": name, "item": item})


def _thing(page: Context, site: str, address: Address) -> str | None:
    if isinstance(page, OfferingPage):
        return _offering(page, address)
    if isinstance(page, ModelPage):
        return _model(page, address)
    if page.kind == "home":
        about = {"@type": "WebSite", "name": site, "description": page.description}
    elif isinstance(page, AuthorPage):
        about = _author(page.author)
    elif isinstance(page, ProviderPage):
        about = _provider(page.provider)
    else:
        return None
    return _ENCODE(about | {"url": address(page.stem)})


def _author(author: Author) -> dict[str, Any]:
    """Tell who somebody is, and where else the same is told."""
    same = [url for url in (author.website, author.github, author.huggingface, author.twitter) if url]
    return {"@type": "Organization", "name": author.name, **({"sameAs": same} if same else {})}


def _provider(provider: Provider) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": provider.name,
        **({"sameAs": provider.website} if provider.website else {}),
    }


def _software(name: str, identifier: str, url: str, more: str) -> str:
    # There is one for each model and offering: the encoder takes longer to begin than all of them to be written.
    return (
        f'{{"@type":"SoftwareApplication","name":{_QUOTE(name)},"applicationCategory":"AI model",'
        f'"identifier":{_QUOTE(identifier)},"url":{_QUOTE(url)}{more}}}'
    )


def _model(page: ModelPage, address: Address) -> str:
    model: Model = page.model
    more: dict[str, Any] = {"creator": {"@type": "Organization", "name": page.author.name}}
    if model.released:
        more["datePublished"] = model.released
    if model.license:
        more["license"] = {"@type": "CreativeWork", "name": model.license}
    if offers := _range([row.offering for row in page.offerings]):
        more["offers"] = offers
    return _software(page.title, model.id, address(page.stem), f",{_ENCODE(more)[1:-1]}")


def _range(offerings: list[Offering]) -> dict[str, Any] | None:
    """Tell from where to where the prices of what is sent go, among offerings in use, in US dollars."""
    prices = [
        Decimal(0) if price.billing is Billing.FREE else price.input
        for offering in offerings
        if is_active(offering) and (price := offering.price) and price.currency == "USD"
        if price.billing is Billing.FREE or (price.billing is Billing.METERED and price.input is not None)
    ]
    known = [price for price in prices if price is not None]
    if not known:
        return None
    return {
        "@type": "AggregateOffer",
        "name": "Input, per 1M tokens",
        "offerCount": len(known),
        "lowPrice": _amount(min(known)),
        "highPrice": _amount(max(known)),
        "priceCurrency": "USD",
    }


def _offering(page: OfferingPage, address: Address) -> str:
    offer = _offer(page.offering.price)
    if offer:
        gone = "" if is_active(page.offering) else ',"availability":"https://schema.org/Discontinued"'
        offer = f',"offers":{{{offer}{gone},"seller":{_seller(page.provider.name)}}}'
    return _software(page.title, page.offering.id, address(page.stem), offer)


@lru_cache(maxsize=1 << 12)
def _seller(name: str) -> str:
    return _ENCODE({"@type": "Organization", "name": name})


def _offer(price: Price | None) -> str:
    """Return the members of an offer, nothing where there is none."""
    if price is None:
        return ""
    currency, billing = price.currency, price.billing
    if billing is Billing.FREE:
        return f'"@type":"Offer","price":"0","priceCurrency":"{currency}"'
    if billing is not Billing.METERED:
        return ""
    rates = (("Input", price.input), ("Output", price.output))
    stated = ",".join([_rate(name, value, currency) for name, value in rates if value is not None])
    return f'"@type":"Offer","priceSpecification":[{stated}]' if stated else ""


@lru_cache(maxsize=1 << 12)
def _rate(name: str, value: Decimal, currency: str) -> str:
    told = {"@type": "UnitPriceSpecification", "name": name, "price": _amount(value), "priceCurrency": currency}
    return _ENCODE(told | {"referenceQuantity": _PER_MILLION})


def _amount(value: Decimal) -> str:
    """Write an amount as schema.org wants it: digits and a point."""
    return number(value).replace(",", "")
