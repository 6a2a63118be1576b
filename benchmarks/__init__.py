"""How fast Almanac is beside other generators, and the catalogs it is measured on. `make bench` runs it."""
