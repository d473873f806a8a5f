"""Find help: the directory of services, its pages, its back office and its open feed."""
