"""The base map as files: PMTiles of each city's public layers, with live tiles where they are missing."""
