-- A trusted extension: the database's owner may create it.
create extension if not exists pg_trgm;
--> statement-breakpoint
-- Text as plain words, for documents and queries alike. Without it Postgres reads "WH-001" as a word and
-- the number -1, and "in/ear" as a path. Immutable, since a generated column uses it.
create function search_words(p_text text) returns text
language sql immutable strict parallel safe
return translate(p_text, $chars$!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~$chars$, repeat(' ', 32));
