"""What all apps share: settings, addresses, middleware order, the frame of every page."""
