"""Which rows of the claims table may be shared, and how coarse."""

QUASI = ["zip", "born", "sex"]


def publish(table, k):
    """The rows that may be shared, so coarse that each looks like at least k - 1 others.

    Whoever knows the zip code, the year of birth and the sex of a person must be left with k rows.
    `zip` is a string: stars stand for the digits that are hidden. `born` is any band that holds the
    year. All other columns, and the index of the rows that stay, are left as they are. At k = 5,
    keep at least 30 groups and 60% of the rows.
    """
    shared = table.copy()
    shared["zip"] = shared.zip.str[:3] + "**"
    shared["born"] = (shared.born // 10 * 10).astype(str) + "s"
    for column in QUASI:
        alike = shared.groupby(column)[column].transform("size")
        shared = shared[alike >= k]
    return shared
