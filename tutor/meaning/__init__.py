"""What texts mean, as vectors: close in meaning is close in angle. Storage is handed in."""
