"""Pages of the public record, and the desk's."""
