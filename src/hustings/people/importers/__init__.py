"""Lists of people that come in from spreadsheets: supporters, and those who must not be contacted."""
