"""From a claimed row to the server and back: templates, the journal, the courier, name servers."""
