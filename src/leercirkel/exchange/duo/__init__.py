"""Open data about schools: files of DUO, CBS and the inspectorate. Rules: docs/domein/open-data.md."""
