"""Parts that several screens are made of. They render what they are given and know no tutor."""
