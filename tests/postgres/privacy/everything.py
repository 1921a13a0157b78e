"""What somebody with the whole database sees."""


async def everything_stored(business) -> str:
    """Each row of each table as PostgreSQL prints it: bytes in hexadecimal."""
    tables = await business.ask(
        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'"
    )
    parts = []
    for (table,) in tables:
        parts += [str(row) for [row] in await business.ask(f"select t::text from {table} t")]  # noqa: S608
    return "\n".join(parts)
