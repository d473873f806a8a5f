"""The version of the engine, stamped into every plan it makes."""

ENGINE_VERSION = "0.1.0"
