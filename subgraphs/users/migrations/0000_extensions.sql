-- Trigrams, for the administrators' search. Trusted: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
