"""The hub's own wiring: settings, addresses, headers, error pages."""
