"""Which rows of the claims table may be shared, and how coarse."""

QUASI = ["zip", "born", "sex"]


def publish(table, k):
    """The rows that look like at least k - 1 others, with one decade for all."""
    shared = table.copy()
    shared["zip"] = shared.zip.str[:3] + "**"
    shared["born"] = "1950s"
    alike = shared.groupby(QUASI)["zip"].transform("size")
    return shared[alike >= k]
