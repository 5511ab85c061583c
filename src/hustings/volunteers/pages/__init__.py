"""Pages of volunteers: public, the volunteer's own, and the desk's."""
