-- De database van Leercirkel met haar twee rollen, op een PostgreSQL-server van uzelf (15 of nieuwer).
-- Hoe dit wordt gedraaid, met de wachtwoorden: docs/beheer/installatie.md. Nodig: psql-variabelen owner_password en
-- app_password. Dezelfde rollen maakt src/leercirkel/operations/roles.py in de ingebouwde database.

\set ON_ERROR_STOP on

-- Eigenaar: maakt en wijzigt de tabellen (leercirkel migrate) en maakt back-ups. Ziet daarvoor alle rijen.
create role leercirkel_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
  password :'owner_password';

-- De toepassing: bezit niets, en de database laat haar per verzoek alleen de rijen van de eigen scholen zien.
create role leercirkel_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
  password :'app_password';

-- Wat over een kind is ingevuld hoort niet in het logboek van de server: ook niet als een opdracht mislukt of traag is.
alter role leercirkel_owner set log_min_messages = 'log';
alter role leercirkel_owner set log_min_error_statement = 'panic';
alter role leercirkel_owner set log_error_verbosity = 'terse';
alter role leercirkel_owner set log_statement = 'none';
alter role leercirkel_owner set log_min_duration_statement = '-1';
alter role leercirkel_app set log_min_messages = 'log';
alter role leercirkel_app set log_min_error_statement = 'panic';
alter role leercirkel_app set log_error_verbosity = 'terse';
alter role leercirkel_app set log_statement = 'none';
alter role leercirkel_app set log_min_duration_statement = '-1';

create database leercirkel owner leercirkel_owner template template0 encoding 'UTF8' locale 'C.UTF-8';
revoke all on database leercirkel from public;
grant connect on database leercirkel to leercirkel_app;

\connect leercirkel

revoke all on schema public from public;
grant usage on schema public to leercirkel_app;
alter default privileges for role leercirkel_owner in schema public
  grant select, insert, update, delete on tables to leercirkel_app;
alter default privileges for role leercirkel_owner in schema public
  grant usage, select on sequences to leercirkel_app;
