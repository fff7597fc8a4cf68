global using Xunit;
global using ClusterMember = JubileeVerse.Testing.Processes.ClusterMember;
