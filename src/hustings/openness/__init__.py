"""The public record of what was said, by whom, to how many, at what cost."""
