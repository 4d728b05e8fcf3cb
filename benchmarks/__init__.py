"""Speed and size against the floor: the least a Flask application can do, served by the same server in the same run."""
