// Orleans has one of that name too.
global using ClusterMember = JubileeVerse.Testing.Processes.ClusterMember;
