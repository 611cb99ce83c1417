"""Figures for staff: what goes on here, without anybody's name, and a page a quarter for funders."""
