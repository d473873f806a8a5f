"""One search over medicines, articles, services and the shelf. It keeps nothing."""
