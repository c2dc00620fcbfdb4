// Descriptions
