"""The archive's files below the home: originals by hash, and the rows of every snapshot as Parquet, asked through DuckDB."""
