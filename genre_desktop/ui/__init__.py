"""The graphical user interface: the window, pages, dialogs and widgets."""
