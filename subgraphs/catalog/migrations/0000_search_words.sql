-- Trusted extensions: the database's owner may create them.
create extension if not exists pg_trgm;
--> statement-breakpoint
create extension if not exists fuzzystrmatch;
--> statement-breakpoint
-- Text as plain lower-case words without accents, for documents, known words and queries alike: who types
-- "saute" means "Sauté". Punctuation goes too, else Postgres reads "WH-001" as a word and the number -1, and
-- "in/ear" as a path. Immutable, since a generated column uses it.
create function search_words(p_text text) returns text
language sql immutable strict parallel safe
return translate(
  -- Composed again: Postgres takes no mark that is left, such as those of Japanese, for a part of a word.
  replace(replace(replace(lower(normalize(regexp_replace(normalize(p_text, NFD), '[\u0300-\u036f]', '', 'g'), NFC)),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
  $chars$øłđð!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~$chars$, 'oldd' || repeat(' ', 32));
