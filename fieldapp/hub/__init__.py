"""Where laptops meet: a service over PostgreSQL with tables of its own. It may use exchange, trust and domain, not services."""
