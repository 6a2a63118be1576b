from decimal import Decimal

from generator.catalog import Entry, Records
from generator.documents import Document
from generator.schema import Mode, Offering, Price
from generator.sources.content import in_currency


def records(**prices: object) -> Records:
    offering = Offering(id="x", provider="p", **prices)  # type: ignore[arg-type]  # rows of the tests below
    return Records(offerings=(Entry(offering, Document("x.yaml", {})),))


def test_a_price_that_names_no_currency_gets_the_one_of_the_site() -> None:
    named = in_currency(
        records(
            price=Price(input=Decimal(1)),
            prices=(Price(input=Decimal(2)), Price(input=Decimal(3), currency="GBP")),
            modes={"fast": Mode(price=Price(input=Decimal(4))), "slow": Mode()},
        ),
        "EUR",
    )
    offering = named.offerings[0].value
    assert offering.price is not None
    assert offering.price.currency == "EUR"
    assert [price.currency for price in offering.prices] == ["EUR", "GBP"]
    assert offering.modes["fast"].price is not None
    assert offering.modes["fast"].price.currency == "EUR"
    assert offering.modes["slow"].price is None


def test_dollars_change_nothing() -> None:
    given = records(price=Price(input=Decimal(1)))
    assert in_currency(given, "USD") is given
