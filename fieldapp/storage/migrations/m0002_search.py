"""The search index with the keys under which doubles meet, the words of names, and phones that can be looked up."""

from sqlalchemy import Connection

_STATEMENTS = (
    "DROP TABLE individual_search",
    """
    CREATE VIRTUAL TABLE individual_search USING fts5 (
        words, content='', contentless_delete=1, detail='none', tokenize="unicode61 remove_diacritics 2"
    )
    """,
    "INSERT INTO individual_search (individual_search, rank) VALUES ('secure-delete', 1)",
    "CREATE VIRTUAL TABLE individual_search_vocab USING fts5vocab ('individual_search', 'row')",
    "CREATE TABLE name_word (id INTEGER NOT NULL, word VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (word))",
    "CREATE TABLE phone (subject BLOB NOT NULL, number VARCHAR NOT NULL, PRIMARY KEY (subject, number))",
    "CREATE INDEX phone_number ON phone (number)",
    "INSERT OR REPLACE INTO local (name, value) VALUES ('search_index_stale', x'01')",
)


def migrate(connection: Connection) -> None:
    """Make the index anew, empty; whoever opens the register fills it before the transaction ends."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
