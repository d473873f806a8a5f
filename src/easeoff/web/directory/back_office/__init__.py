"""The back office: Django's admin, made for the people who keep the directory true."""
