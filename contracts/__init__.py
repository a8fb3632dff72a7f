"""The language of the factory: frozen values without I/O. Imports nobody of this project."""
