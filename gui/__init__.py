"""The window: layout, slots and presenters. It knows no SQL and no clinical rule."""
