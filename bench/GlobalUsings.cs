// Orleans has a type of the same name.
global using ClusterMember = JubileeVerse.Testing.Processes.ClusterMember;
