"""Others that serve tiles or features of points from PostGIS, set up over the same rows as the portal's own tiles."""
