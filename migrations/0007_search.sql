-- The search index: which documents hold which words. A document is a row of a searched table; its number is that of the table in the
-- upper bits and the id of the row below. It holds the words alone (no text, no columns, no places), because the rows hold the text.
-- The large hash makes an import write each of its terms once.
CREATE VIRTUAL TABLE aux_search USING fts5(text, content='', columnsize=0, detail=none, tokenize='ascii');
INSERT INTO aux_search (aux_search, rank) VALUES ('hashsize', 8388608);
-- Its words with the number of their documents, and with each document.
CREATE VIRTUAL TABLE aux_search_word USING fts5vocab('aux_search', 'row');
CREATE VIRTUAL TABLE aux_search_entry USING fts5vocab('aux_search', 'instance');

-- The searched tables with the names and the places of their columns, separated by blanks, as the documents were made from them.
CREATE TABLE aux_searched (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    columns TEXT NOT NULL,
    places  TEXT NOT NULL
) STRICT;
