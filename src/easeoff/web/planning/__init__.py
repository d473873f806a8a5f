"""The form that asks for a plan, and the page that shows one."""
