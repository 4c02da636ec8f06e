// The review screen: see below.
